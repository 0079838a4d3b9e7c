using System.Reflection;

namespace Weft.Functions.HostTests.Harness;

/// <summary>Where the build put what the tests run.</summary>
internal static class Build
{
    /// <summary>Gets the app's library.</summary>
    public static string App => Output("src/Weft.Functions", "Weft.Functions.dll");

    /// <summary>Gets the host's library.</summary>
    public static string Host => Output("tests/Weft.Functions.TestHost", "Weft.Functions.TestHost.dll");

    /// <summary>A file of the project.</summary>
    public static string Source(string path) => Path.Combine(Metadata("Root"), path);

    private static string Output(string project, string file) => Source(Path.Combine(project, Metadata("Output"), file));

    private static string Metadata(string key) => typeof(Build).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == key).Value!; // The project file gives each a value.
}
