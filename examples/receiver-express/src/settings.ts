/** What the environment sets. The secret is the sender's `whsec_…`; the default is for trying this out. */
export const settings = {
  secret: process.env['WEBHOOK_SECRET'] ?? 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  /** One, while a secret is being replaced. */
  oldSecret: process.env['WEBHOOK_OLD_SECRET'],
  database: process.env['DATABASE'] ?? 'orders.db',
  port: Number(process.env['PORT'] ?? 3000),
}
