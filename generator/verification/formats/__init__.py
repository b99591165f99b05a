"""One format of data a module: a function that finds the first fault in a file, or says nothing."""
