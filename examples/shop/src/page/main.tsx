import { ArunikaProvider } from '@arunika/browser/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'
import { App } from './app'
import { arunika } from './arunika'
import { CartProvider } from './cart'
import './styles/base.css'
import './styles/shop.css'
import './styles/timeline.css'
import { VisitorProvider } from './visitor'

const root = document.getElementById('root')
if (root === null) throw new TypeError('index.html has no #root')

createRoot(root).render(
  <StrictMode>
    <ArunikaProvider client={arunika}>
      <BrowserRouter>
        <VisitorProvider>
          <CartProvider>
            <App />
          </CartProvider>
        </VisitorProvider>
      </BrowserRouter>
    </ArunikaProvider>
  </StrictMode>,
)
