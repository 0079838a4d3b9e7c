using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Weft.Functions.Tests.Infra;

/// <summary>The package holds the host file of the backend that is deployed.</summary>
public sealed partial class DurableBackendTests
{
    private const string Project = "src/Weft.Functions/Weft.Functions.csproj";

    [Fact]
    public void HostFiles_OfTheBackends_DifferInTheBackendAlone() =>
        Assert.True(JsonNode.DeepEquals(WithoutBackend("host.json"), WithoutBackend("host.scheduler.json")));

    [Theory]
    [InlineData("", "../../host.json")]
    [InlineData("azureStorage", "../../host.json")]
    [InlineData("azureManaged", "../../host.scheduler.json")]
    public async Task HostFile_OfTheProject_IsThatOfTheVariable(string backend, string expected) =>
        Assert.Equal(expected, await MsBuildAsync(Project, "-getProperty:HostFile", backend));

    [Fact]
    public async Task Backend_ThatIsUnknown_IsRefused() =>
        Assert.Contains(
            "Set WEFT_DURABLE_BACKEND to azureStorage or azureManaged.", await MsBuildAsync(Project, "-t:CheckDurableBackend", "other"),
            StringComparison.Ordinal);

    [Fact]
    public async Task Hooks_OfAzd_KeepTheChoiceWhileItPublishes()
    {
        var hooks = Hook().Matches(ProjectFiles.Read("azure.yaml")).Select(m => m.Groups["target"].Value).ToList();
        var folder = Directory.CreateTempSubdirectory("weft-backend-");
        try
        {
            // A copy: the hooks write beside the project, which other tests and builds read.
            var project = Path.Combine(folder.FullName, "Weft.Functions.csproj");
            File.Copy(Path.Combine(ProjectFiles.Root, Project), project);

            await MsBuildAsync(project, $"-t:{hooks[0]}", "azureManaged");
            var published = await MsBuildAsync(project, "-getProperty:HostFile", "");
            await MsBuildAsync(project, $"-t:{hooks[^1]}", "azureManaged");
            var later = await MsBuildAsync(project, "-getProperty:HostFile", "");

            Assert.Equal(4, hooks.Count);
            Assert.Equal(("../../host.scheduler.json", "../../host.json"), (published, later));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static JsonNode WithoutBackend(string file)
    {
        var host = JsonNode.Parse(ProjectFiles.Read(file))!;
        host["extensions"]!["durableTask"]!.AsObject().Remove("storageProvider");
        return host;
    }

    private static async Task<string> MsBuildAsync(string project, string what, string backend)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var start = new ProcessStartInfo("dotnet", ["msbuild", project, "-nologo", "-nodeReuse:false", what])
        {
            WorkingDirectory = ProjectFiles.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment.Remove("DurableBackend");
        start.Environment["WEFT_DURABLE_BACKEND"] = backend;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return output.Trim();
    }

    [GeneratedRegex(@"run: dotnet msbuild -nologo -t:(?<target>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hook();
}
