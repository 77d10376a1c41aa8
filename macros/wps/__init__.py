"""WPS: a JavaScript add-in for ET, registered offline."""
