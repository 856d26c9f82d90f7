/** Stands in the bundle for a parser of mail that the provider's SDK brings along; nothing here calls it. */
export default null
