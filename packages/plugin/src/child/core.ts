// what `@tillbridge/core` is inside a plugin's process: the daemon's own copy, whatever lies in the plugin's folder
export * from '@tillbridge/core';
