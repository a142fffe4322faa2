"""Verify evidence that an Izin house has handed out, without the house.

``izin-verify BUNDLE --key VKEY`` needs a file and the house's public key: no database, no network, nothing of Izin's
own code. Besides Python's standard library it uses ``cryptography``, for Ed25519 alone; and ``rfc3161-client`` where a
time stamp is to be judged. It is a second implementation of RFC 6962, RFC 8785 and C2SP's signed notes, so that a
mistake in Izin's own does not vouch for itself.
"""
