// vitest's globalSetup for the suites that test what is published: they need the builds.
import { build } from './build.mjs'

export default () => build()
