/** What every test of this module is watched for besides its own assertions: leaked buffers, event loops that block. */
package org.smbd.server.guard;
