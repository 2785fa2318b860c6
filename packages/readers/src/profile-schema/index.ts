// Apart from the profiles: whoever reads those that ship with the product needs no schema.
export { profileSchemas } from '../profiles/schema.js';
