//! Both databases hold the same schema, and a transaction that collides is repeated.
