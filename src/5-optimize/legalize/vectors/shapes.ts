export const wordsOnly = () => 'i32x4' as const
