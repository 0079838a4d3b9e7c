using System.Diagnostics;
using Weft.Functions.HostTests.Harness;

namespace Weft.Functions.HostTests;

/// <summary>The host of these tests has the Durable extension that the app brings to the real one.</summary>
public sealed class ExtensionTests
{
    private const string Library = "Microsoft.Azure.WebJobs.Extensions.DurableTask.dll";

    [Fact]
    public void DurableExtension_OfTheTestHost_IsTheApps() =>
        Assert.Equal(VersionAt(Build.App, ".azurefunctions"), VersionAt(Build.Host, ""));

    private static string? VersionAt(string program, string folder) =>
        FileVersionInfo.GetVersionInfo(Path.Combine(Path.GetDirectoryName(program) ?? "", folder, Library)).ProductVersion;
}
