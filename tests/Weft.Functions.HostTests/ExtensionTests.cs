using System.Diagnostics;
using Weft.Functions.HostTests.Harness;

namespace Weft.Functions.HostTests;

/// <summary>These tests say something of the app only as long as their host has the extension that the app brings to the real one.</summary>
public sealed class ExtensionTests
{
    [Fact]
    public void DurableExtension_OfTheTestHost_IsTheApps() =>
        Assert.Equal(VersionAt(Build.App, ".azurefunctions"), VersionAt(Build.Host, ""));

    private static string? VersionAt(string program, string folder) =>
        FileVersionInfo.GetVersionInfo(
            Path.Combine(Path.GetDirectoryName(program) ?? "", folder, "Microsoft.Azure.WebJobs.Extensions.DurableTask.dll")).ProductVersion;
}
