/** What must hold for the project's files as such: who depends on whom, how long a file is, what documents name. */
package io.nettyslab.architecture;
