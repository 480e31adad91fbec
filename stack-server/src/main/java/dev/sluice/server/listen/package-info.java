/** From a listener of the document to a server that runs. */
@NullMarked
package dev.sluice.server.listen;

import org.jspecify.annotations.NullMarked;
