// What each call reports, in words that every SDK takes: ours is about 300 bytes on the wire.

export const TYPE = 'payment_processed'
export const DESCRIPTION = 'Paid an order'

/** @param {number} index */
export const userOf = (index) => `user-${index % 1_000}`

/** @param {number} index */
export const metadataOf = (index) => ({ orderId: `order-${index}`, amount: 19.9 })

/** The same for SDKs that have no field for a description. */
export const propertiesOf = (index) => ({ description: DESCRIPTION, ...metadataOf(index) })
