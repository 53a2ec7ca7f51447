package dcocpp.ocpp.internal.feature;

/** Where security events are told, in the words of the security whitepaper of OCPP 1.6. Owner thread only. */
public interface SecurityEvents { void raise(String type, String techInfo); }
