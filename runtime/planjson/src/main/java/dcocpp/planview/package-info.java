/** Plans as people read them: who asked, who got, why not more, and the ring as text and as a picture. */
package dcocpp.planview;
