"""The WhatsApp Cloud API on loopback, as strict as Meta's: a tool for trying a sender without sending anything.

Its own package and process. It shares no code with the product that it tests, so that an error in one cannot hide the
same error in the other.
"""
