import type { VerificationErrorCode } from './errors/error-codes'

/** What reading a part of a request gives: its value, or why the request is refused. */
export type Checked<Value> = { ok: true; value: Value } | Refusal

/** Why a request is refused. */
export interface Refusal {
  ok: false
  code: VerificationErrorCode
  detail: string
}

export function accept<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value }
}

export function refuse(code: VerificationErrorCode, detail: string): Refusal {
  return { ok: false, code, detail }
}
