export { createServer, type ArunikaServer, type ServerOptions } from './create-server'
export { DatabaseError } from './errors/database-error'
