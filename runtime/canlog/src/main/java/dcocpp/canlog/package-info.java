/** CAN frames as candump records them, and what they cost on the bus. Knows nothing of what they mean. */
package dcocpp.canlog;
