import { usePageView } from '@arunika/browser/react'
import { Route, Routes, useLocation } from 'react-router'
import { Header } from './header'
import { CartPage } from './pages/cart-page'
import { HomePage } from './pages/home-page'
import { LampPage } from './pages/lamp-page'
import { NotFoundPage } from './pages/not-found-page'
import { OrderPage } from './pages/order-page'
import { SignInPage } from './pages/sign-in-page'
import { TimelinePanel } from './timeline/timeline-panel'
import { useFreshStart } from './use-fresh-start'

/** The shop, and the visitor's timeline beside it. */
export function App() {
  const { pathname } = useLocation()
  usePageView(pathname)
  useFreshStart(pathname)
  return (
    <div className="layout">
      <a className="skip" href="#shop">
        Skip to the shop
      </a>
      <div className="shop">
        <Header />
        <main id="shop" tabIndex={-1}>
          <Routes>
            <Route index element={<HomePage />} />
            <Route path="lamps/:lampId" element={<LampPage />} />
            <Route path="cart" element={<CartPage />} />
            <Route path="sign-in" element={<SignInPage />} />
            <Route path="orders/:orderId" element={<OrderPage />} />
            <Route path="*" element={<NotFoundPage />} />
          </Routes>
        </main>
        <footer className="footer">
          Small Hours is the example shop of <a href="https://github.com/arunika-dev/arunika">Arunika</a>. It
          sells nothing.
        </footer>
      </div>
      <TimelinePanel />
    </div>
  )
}
