/** An app that exists in tests only. */
export const APP_ID = 'app_test1'
export const API_KEY = `sk_test_${'Ab3'.repeat(14)}Z`
