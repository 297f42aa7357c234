/**
 * Labs of this machine's own processes: a real API server, kubelets and agents in namespaces of the
 * kernel, built from Go modules. The resources beside it do the work on the system; this package
 * looks for what they need, starts them and reads what they say.
 */
@NullMarked
package io.github.polverdict.lab.local;

import org.jspecify.annotations.NullMarked;
