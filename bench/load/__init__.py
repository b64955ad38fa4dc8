"""The whole service under load, on this machine: how it answers compared with how it answers when nothing else goes on."""
