namespace Tillbridge.Iiko
{
    /// <summary>What a build is made with: the build script writes this file anew for a licence module of one's own.</summary>
    public static class BuildFacts
    {
        public const string Version = "0.1.0";

        /// <summary>Of the licence that the vendor or the dealer gave. Must be the same as LicenseModuleId of the manifest. Public loyalty plugins use 21016318.</summary>
        public const int LicenseModuleId = 21016318;
    }
}
