/** Avro as rows: {@code AvroReader}. */
package dev.odyssey.transform.avro;
