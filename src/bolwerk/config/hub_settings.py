"""Settings of the information hub."""

# The largest delivery that can be uploaded, in bytes: several times the BAG of a municipality of 100,000. A larger one,
# such as that of the whole country, is put in the folder for deliveries on the server. A choice of Bolwerk.
HUB_UPLOAD_LIMIT = 512 * 1024 * 1024
