/** Two columns where there is room; a field takes one or both. */
export const FIELD_GRID = 'grid grid-cols-1 gap-x-8 gap-y-4 sm:grid-cols-2'
