/** What people do with frames of the PLC bus: read, write, replay and watch them. Formats: docs/can/formats.md. */
package dcocpp.cantool;
