/** Express 4 for tests that run on both: what they use is alike in both. */
declare module 'express4' {
  import express from 'express'

  export default express
}
