/** The dialect of every schema here. */
export const DIALECT = 'https://json-schema.org/draft/2020-12/schema'
