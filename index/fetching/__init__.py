"""Fetching a page or a file from the web so that nobody can turn it against this machine.

An address is taken apart once (`urls`), its name looked up once (`resolving`), every answer checked
(`addresses`), and the connection made to a checked answer and to nothing else (`connecting`). Each
redirect begins anew (`redirects`). Bytes and seconds are counted as they come (`budget`).
"""
