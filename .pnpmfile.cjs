// What a package publishes is what package.json says, less the condition by which this workspace reads sources.
const SOURCE = '@arunika/source'

function withoutSource(exports) {
  if (typeof exports !== 'object' || exports === null) return exports
  const kept = Object.entries(exports).filter(([key]) => key !== SOURCE)
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutSource(value)]))
}

module.exports = {
  hooks: {
    beforePacking(manifest) {
      const published = { ...manifest, exports: withoutSource(manifest.exports) }
      delete published.devDependencies
      delete published.scripts
      return published
    },
  },
}
