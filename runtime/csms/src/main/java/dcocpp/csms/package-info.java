/**
 * The demonstration CSMS: a small OCPP 1.6-J back office for one laptop, built on Java-OCA-OCPP.
 *
 * <p>It is the counterpart that knows nothing of our charger: messages, their validation and the dispatch to
 * features are the library's. It listens on loopback only, keeps everything in memory and is no product.
 */
package dcocpp.csms;
