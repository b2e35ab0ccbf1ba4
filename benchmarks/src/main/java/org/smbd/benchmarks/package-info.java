/** JMH benchmarks, a class per hot path. Not part of the shipped jar. */
package org.smbd.benchmarks;
