"""What is measured of readers: how well, how fast, how honestly, and the pages that say so."""
