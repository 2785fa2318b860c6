/** Folder beside the configuration file in which users keep profiles of their own. */
export const PROFILE_FOLDER = 'profiles';
