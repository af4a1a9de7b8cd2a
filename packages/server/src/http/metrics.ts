import type { IngestAnswer } from '@arunika/protocol'
import type { FastifyInstance } from 'fastify'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What the gauges are read from when somebody asks. */
export interface Gauged {
  waiting: () => { jobs: number; rows: number }
  streams: () => number
  databaseBytes: () => Promise<number>
}

/** Bounds of the histograms, in seconds. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/**
 * What an operator watches, in Prometheus' format; names and units are those of
 * https://prometheus.io/docs/practices/naming/. No label holds an id: what is counted is the server, not its apps.
 */
export class Metrics {
  readonly registry = new Registry()
  readonly #requests: Histogram<'method' | 'route' | 'status'>
  readonly #events: Counter<'source' | 'result'>
  readonly #commits: Histogram

  constructor() {
    const registers = [this.registry]
    this.#requests = new Histogram({
      name: 'arunika_http_request_duration_seconds',
      help: 'Requests, by how long they took until the answer was sent.',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
      registers,
    })
    this.#events = new Counter({
      name: 'arunika_events_total',
      help: 'Events, by what became of them.',
      labelNames: ['source', 'result'],
      registers,
    })
    this.#commits = new Histogram({
      name: 'arunika_commit_duration_seconds',
      help: 'Transactions that write, from begin to the end of the commit.',
      buckets: SECONDS,
      registers,
    })
  }

  /** Counts what became of a request's events. */
  countEvents(source: string, { accepted, duplicates, rejected }: IngestAnswer): void {
    for (const [result, count] of [
      ['accepted', accepted],
      ['duplicate', duplicates],
      ['rejected', rejected.length],
    ] as const) {
      if (count > 0) this.#events.inc({ source, result }, count)
    }
  }

  observeCommit(seconds: number): void {
    this.#commits.observe(seconds)
  }

  /** Counts the requests of an application. */
  countRequests(app: FastifyInstance): void {
    app.addHook('onResponse', ({ method, routeOptions: { url: route = 'none' } }, reply, done) => {
      this.#requests.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1_000)
      done()
    })
  }

  /** Has some numbers read whenever somebody asks. */
  read({ waiting, streams, databaseBytes }: Gauged): void {
    const gauge = (name: string, help: string, read: () => number | Promise<number>) =>
      new Gauge({
        name,
        help,
        registers: [this.registry],
        async collect() {
          this.set(await read())
        },
      })
    gauge('arunika_writer_waiting_requests', 'Requests that wait for a commit.', () => waiting().jobs)
    gauge('arunika_writer_waiting_events', 'Events that wait for a commit.', () => waiting().rows)
    gauge('arunika_streams', 'Streams that are open.', streams)
    gauge('arunika_database_bytes', 'What the database takes on its disk.', databaseBytes)
    gauge('process_resident_memory_bytes', 'Resident memory of the process.', () => process.memoryUsage.rss())
    gauge(
      'process_cpu_seconds',
      'Processor time of the process.',
      () => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
    )
    gauge(
      'process_start_time_seconds',
      'When the process started, in Unix time.',
      () => performance.timeOrigin / 1_000,
    )
  }
}
