/** What a page of the benchmark calls, whichever SDK is behind it. */
export interface Bench {
  /** Starts the SDK; ready for calls when it resolves. */
  start(endpoint: string, options?: object): unknown
  /** Reports that something was put into the cart. */
  log(index: number): void
  /** Sends what waits; ours alone. */
  flush?(): Promise<void>
  /** Stops, and resolves when what waits is kept; ours alone. */
  close?(): Promise<void>
}

/** An SDK under the benchmark. */
export interface Subject {
  name: string
  /** The npm package of a peer; ours is in the workspace. */
  peer?: string
  /** The source of a page that reports a view, an activity and a person, for the size. */
  minimalUse: string
  /** The source of a page that makes `globalThis.bench`. */
  bench: string
}

// What each call reports, in words that every SDK takes.
const TYPE = `'added_to_cart'`
const DESCRIPTION = `'Put a lamp into the cart'`
const METADATA = '{ sku: `lamp-${index % 50}`, price: 49 }'
const PROPERTIES = `{ description: ${DESCRIPTION}, ...${METADATA} }`

export const ARUNIKA: Subject = {
  name: 'arunika',
  minimalUse: `
    import { init } from '@arunika/browser'
    const arunika = init({ appId: 'app_shop', endpoint: 'https://events.example.com' })
    arunika.trackPageView()
    arunika.logActivity('login')
    arunika.identify({ userId: 'user-42' })`,
  bench: `
    import { init } from '@arunika/browser'
    let arunika
    globalThis.bench = {
      start(endpoint, options) { arunika = init({ appId: 'app_bench', endpoint, ...options }) },
      log(index) { arunika.logActivity(${TYPE}, ${DESCRIPTION}, ${METADATA}) },
      flush: () => arunika.flush(),
      close: () => arunika.close(),
    }`,
}

/** Each sends what the app reports and nothing by itself: no page views, clicks, recordings, remote settings or flags. */
export const PEERS: Subject[] = [
  {
    name: 'amplitude',
    peer: '@amplitude/analytics-browser',
    minimalUse: `
      import { identify, Identify, init, setUserId, track } from '@amplitude/analytics-browser'
      init('key')
      track('page_view')
      track('login')
      setUserId('user-42')
      identify(new Identify().set('plan', 'pro'))`,
    bench: `
      import { init, track } from '@amplitude/analytics-browser'
      globalThis.bench = {
        start: (endpoint) => init('key', {
          serverUrl: endpoint + '/2/httpapi',
          autocapture: false,
          remoteConfig: { fetchRemoteConfig: false },
        }).promise,
        log(index) { track(${TYPE}, ${PROPERTIES}) },
      }`,
  },
  {
    name: 'mixpanel',
    peer: 'mixpanel-browser',
    minimalUse: `
      import mixpanel from 'mixpanel-browser'
      mixpanel.init('token')
      mixpanel.track_pageview()
      mixpanel.track('login')
      mixpanel.identify('user-42')`,
    // JSON is what it sends to its own hosts.
    bench: `
      import mixpanel from 'mixpanel-browser'
      globalThis.bench = {
        start(endpoint) { mixpanel.init('token', { api_host: endpoint, api_payload_format: 'json' }) },
        log(index) { mixpanel.track(${TYPE}, ${PROPERTIES}) },
      }`,
  },
  {
    name: 'posthog',
    peer: 'posthog-js',
    minimalUse: `
      import posthog from 'posthog-js'
      posthog.init('key', { api_host: 'https://events.example.com' })
      posthog.capture('$pageview')
      posthog.capture('login')
      posthog.identify('user-42')`,
    // Its rate limit would drop most of a burst, and its filter of bots all that a test's browser reports.
    bench: `
      import posthog from 'posthog-js'
      globalThis.bench = {
        start: (endpoint) => new Promise((loaded) => posthog.init('key', {
          api_host: endpoint,
          autocapture: false,
          capture_pageview: false,
          capture_pageleave: false,
          capture_performance: false,
          capture_dead_clicks: false,
          capture_heatmaps: false,
          capture_exceptions: false,
          disable_session_recording: true,
          disable_surveys: true,
          disable_external_dependency_loading: true,
          advanced_disable_flags: true,
          opt_out_useragent_filter: true,
          rate_limiting: { events_per_second: 1e6, events_burst_limit: 1e6 },
          loaded,
        })),
        log(index) { posthog.capture(${TYPE}, ${PROPERTIES}) },
      }`,
  },
  {
    name: 'segment',
    peer: '@segment/analytics-next',
    minimalUse: `
      import { AnalyticsBrowser } from '@segment/analytics-next'
      const analytics = AnalyticsBrowser.load({ writeKey: 'key' })
      analytics.page()
      analytics.track('login')
      analytics.identify('user-42')`,
    // Given settings of the source spare it the fetch of them.
    bench: `
      import { AnalyticsBrowser } from '@segment/analytics-next'
      let analytics
      globalThis.bench = {
        async start(endpoint) {
          const { protocol, host } = new URL(endpoint)
          const destination = { apiKey: 'key', apiHost: host + '/v1', protocol: protocol.slice(0, -1) }
          const cdnSettings = { integrations: { 'Segment.io': destination } }
          ;[analytics] = await AnalyticsBrowser.load({ writeKey: 'key', cdnSettings })
        },
        log(index) { analytics.track(${TYPE}, ${PROPERTIES}) },
      }`,
  },
  {
    name: 'snowplow',
    peer: '@snowplow/browser-tracker',
    minimalUse: `
      import { newTracker, setUserId, trackPageView, trackSelfDescribingEvent } from '@snowplow/browser-tracker'
      newTracker('sp', 'https://events.example.com')
      trackPageView()
      trackSelfDescribingEvent({ event: { schema: 'iglu:com.example/login/jsonschema/1-0-0', data: {} } })
      setUserId('user-42')`,
    bench: `
      import { newTracker, trackSelfDescribingEvent } from '@snowplow/browser-tracker'
      const schema = 'iglu:com.example/' + ${TYPE} + '/jsonschema/1-0-0'
      globalThis.bench = {
        start(endpoint) { newTracker('sp', endpoint, { appId: 'bench' }) },
        log(index) { trackSelfDescribingEvent({ event: { schema, data: ${PROPERTIES} } }) },
      }`,
  },
]

/** The cost of the benchmark itself. */
export const NOTHING: Subject = {
  name: '(no SDK)',
  minimalUse: '',
  bench: `globalThis.bench = { start() {}, log() {} }`,
}
