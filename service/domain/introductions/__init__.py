"""Introductions: whose need another of my contacts could meet, and how far each introduction has come."""
