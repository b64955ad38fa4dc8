"""From printed lines to a reading: fields propose, one joint assignment disposes."""
