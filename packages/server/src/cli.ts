#!/usr/bin/env node
import { fail } from './cli/fail'
import { buildCli } from './cli/program'

buildCli().parseAsync().catch(fail)
