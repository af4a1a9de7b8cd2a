import type { Arunika, ArunikaOptions } from '@arunika/browser'
import { ArunikaProvider, useArunika, usePageView } from '@arunika/browser/react'
import * as React from 'react'
import { StrictMode, useState, version, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { BrowserRouter, useLocation, useNavigate, type NavigateFunction } from 'react-router'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { init } from '../../src/init'
import { scriptServer, start } from './page'
import { at, comeBack, keepAddress, pageViews, prerender, quiet } from './visited-pages'

// This file runs over React 19, and by a project of its own in vitest.config.ts over React 18.
declare const REACT_MAJOR: number

vi.mock(import('../../src/init'), { spy: true })
beforeEach(() => {
  vi.mocked(init).mockClear()
  keepAddress()
})

test('the React under test is the one that the project names', () => {
  expect(version.split('.')[0]).toBe(String(REACT_MAJOR))
})

test('StrictMode, which renders and mounts twice, makes one client and reports one page view', async () => {
  const server = scriptServer()
  const clients = new Set<Arunika>()
  let renders = 0
  function Page() {
    renders++
    clients.add(useArunika())
    usePageView('/lamps')
    return null
  }
  at('/lamps')
  mount(
    <StrictMode>
      <ArunikaProvider options={quiet()}>
        <Page />
      </ArunikaProvider>
    </StrictMode>,
  )
  expect(renders).toBeGreaterThan(1)
  expect(clients.size).toBe(1)
  expect(init).toHaveBeenCalledOnce()
  expect(await pageViews(server, ...clients)).toEqual(['/lamps'])
})

test('with React Router each navigation is a page view, back and forward too, and the same path is none', async () => {
  const server = scriptServer()
  const arunika = start()
  let navigate: NavigateFunction = () => undefined
  function App() {
    navigate = useNavigate()
    const { pathname, search } = useLocation()
    usePageView(pathname)
    return pathname + search
  }
  at('/')
  const shown = mount(
    <StrictMode>
      <ArunikaProvider client={arunika}>
        <BrowserRouter>
          <App />
        </BrowserRouter>
      </ArunikaProvider>
    </StrictMode>,
  )
  const go = async (move: () => unknown, text: string) => {
    void move()
    await expect.poll(shown).toBe(text)
  }
  await go(() => navigate('/lamps'), '/lamps')
  await go(() => navigate('/lamps?page=2', { replace: true }), '/lamps?page=2')
  await go(() => navigate('/cart'), '/cart')
  await go(() => history.back(), '/lamps?page=2')
  await go(() => history.forward(), '/cart')
  await go(() => navigate('/', { replace: true }), '/')
  await expect
    .poll(() => pageViews(server, arunika))
    .toEqual(['/', '/lamps', '/cart', '/lamps', '/cart', '/'])
})

test('new properties alone are no page view; one carries those that came with its path', async () => {
  const server = scriptServer()
  const arunika = start()
  let show: (page: { path: string; step: number }) => void = () => undefined
  function Page() {
    const [{ path, step }, setPage] = useState({ path: '/lamps', step: 1 })
    show = setPage
    usePageView(path, { step })
    return null
  }
  mount(
    <ArunikaProvider client={arunika}>
      <Page />
    </ArunikaProvider>,
  )
  for (const page of [
    { path: '/lamps', step: 2 },
    { path: '/cart', step: 3 },
    { path: '/cart', step: 4 },
  ]) {
    flushSync(() => show(page))
    await Promise.resolve()
  }
  await arunika.flush()
  const events = server.requests.flatMap(({ body }) => body.events)
  expect(events.map(({ eventData }) => eventData)).toEqual([{ step: 1 }, { step: 3 }])
})

test('whoever comes back to a page that was gone sees it again, with the same client', async () => {
  const server = scriptServer()
  const options = quiet()
  const clients = new Set<Arunika>()
  function Page() {
    clients.add(useArunika())
    usePageView('/lamps')
    return null
  }
  at('/lamps')
  const visit = () =>
    mount(
      <StrictMode>
        <ArunikaProvider options={{ ...options }}>
          <Page />
        </ArunikaProvider>
      </StrictMode>,
    )
  visit().unmount()
  visit().unmount()
  expect(clients.size).toBe(1)
  expect(init).toHaveBeenCalledOnce()
  expect(await pageViews(server, ...clients), 'unmounting closes no client').toEqual(['/lamps', '/lamps'])
})

// React 19 can hide a page and keep it.
if ('Activity' in React)
  test('a page that was hidden and is shown again is seen again', async () => {
    const server = scriptServer()
    const arunika = start()
    let setMode: (mode: 'visible' | 'hidden') => void = () => undefined
    function App() {
      const [mode, set] = useState<'visible' | 'hidden'>('visible')
      setMode = set
      return (
        <React.Activity mode={mode}>
          <Page />
        </React.Activity>
      )
    }
    function Page() {
      usePageView('/lamps')
      return null
    }
    at('/lamps')
    mount(
      <StrictMode>
        <ArunikaProvider client={arunika}>
          <App />
        </ArunikaProvider>
      </StrictMode>,
    )
    await Promise.resolve()
    flushSync(() => setMode('hidden'))
    await Promise.resolve()
    flushSync(() => setMode('visible'))
    await expect.poll(() => pageViews(server, arunika)).toEqual(['/lamps', '/lamps'])
  })

test('a page that comes back from the back/forward cache is seen again, while its component is mounted', async () => {
  const server = scriptServer()
  const arunika = start()
  function Page() {
    usePageView('/lamps')
    return null
  }
  at('/lamps')
  const { unmount } = mount(
    <StrictMode>
      <ArunikaProvider client={arunika}>
        <Page />
      </ArunikaProvider>
    </StrictMode>,
  )
  dispatchEvent(new PageTransitionEvent('pageshow')) // as each page has when it has loaded
  comeBack()
  unmount()
  comeBack()
  expect(await pageViews(server, arunika)).toEqual(['/lamps', '/lamps'])
})

test('a page that is prerendered is seen when it is shown', async () => {
  const server = scriptServer()
  const arunika = start()
  const show = prerender()
  function Page() {
    usePageView('/lamps')
    return null
  }
  at('/lamps')
  mount(
    <StrictMode>
      <ArunikaProvider client={arunika}>
        <Page />
      </ArunikaProvider>
    </StrictMode>,
  )
  expect(await pageViews(server, arunika)).toEqual([])
  show()
  expect(await pageViews(server, arunika)).toEqual(['/lamps'])
})

test('another app is another client, which gets the page view too', async () => {
  const server = scriptServer()
  const [shop, blog] = [quiet(), quiet()]
  const clients: Arunika[] = []
  let change: (options: ArunikaOptions) => void = () => undefined
  function App({ children }: { children: ReactNode }) {
    const [options, setOptions] = useState(shop)
    change = setOptions
    return <ArunikaProvider options={options}>{children}</ArunikaProvider>
  }
  function Page() {
    clients.push(useArunika())
    usePageView('/lamps')
    return null
  }
  mount(
    <App>
      <Page />
    </App>,
  )
  flushSync(() => change(blog))
  flushSync(() => change({ ...blog, flushAt: 5 }))
  expect(vi.mocked(init).mock.calls.map(([{ appId }]) => appId)).toEqual([shop.appId, blog.appId])
  await Promise.all(clients.map((client) => client.flush()))
  const reported = server.requests.flatMap(({ body }) => body.events.map(() => body.appId))
  expect(reported.sort()).toEqual([shop.appId, blog.appId].sort())
})

test('outside of a provider the hooks say what is missing', () => {
  const Logs = () => (useArunika(), null)
  const Views = () => (usePageView('/'), null)
  for (const element of [<Logs />, <Views />]) {
    expect(failureOf(element)).toMatchObject({
      name: 'TypeError',
      message: expect.stringContaining('need an <ArunikaProvider>') as string,
    })
  }
})

test('a provider without a client and options, or with wrong ones, says what to pass', () => {
  const nothing = {} as { client: Arunika }
  expect(failureOf(<ArunikaProvider {...nothing} />)).toMatchObject({
    name: 'OptionsError',
    message: 'client or options must be given',
  })
  expect(failureOf(<ArunikaProvider options={quiet('shop')} />)).toMatchObject({
    name: 'OptionsError',
    option: 'appId',
  })
})

/** Mounts an element until the test ends; gives the text that it shows. */
function mount(element: ReactNode): (() => string) & { unmount: () => void } {
  const container = document.body.appendChild(document.createElement('div'))
  const root = createRoot(container)
  const unmount = () => {
    root.unmount()
    container.remove()
  }
  onTestFinished(unmount)
  flushSync(() => root.render(element))
  return Object.assign(() => container.textContent, { unmount })
}

/** What rendering an element throws. */
function failureOf(element: ReactNode): unknown {
  const failures: unknown[] = []
  class Boundary extends React.Component<{ children: ReactNode }> {
    static getDerivedStateFromError = () => ({ failed: true })
    override state = { failed: false }
    override componentDidCatch = (error: unknown) => failures.push(error)
    override render = () => (this.state.failed ? null : this.props.children)
  }
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  onTestFinished(() => told.mockRestore())
  mount(<Boundary>{element}</Boundary>)
  return failures[0]
}
