/**
 * DuckDB as a job may use it: locked, bounded, watched, with the macros of macros.sql, and SQL's
 * literals and names.
 */
package dev.odyssey.transform.engine;
