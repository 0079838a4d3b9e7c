using System.Text.Json.Nodes;
using Weft.Extending.Tests.Pages;

namespace Weft.Extending.Tests.Kinds;

/// <summary>
/// The command <c>weft</c> with what the pages on kinds say done to its sources. A kind is a row in tables of the product, so nothing
/// outside can show it: the two projects that hold the tables are copied, changed, compiled, and put in the place of the built ones.
/// </summary>
public sealed class ChangedProduct : IAsyncLifetime
{
    private static readonly string[] Changed = ["Weft.Language", "Weft.Workflows"];
    private static readonly string[] Shared = ["Directory.Build.props", "Directory.Packages.props", "global.json", "src/BannedSymbols.txt"];

    private readonly string _folder = Directory.CreateTempSubdirectory("weft-kinds-").FullName;

    private string Product => Path.Combine(_folder, "product");

    public async Task InitializeAsync()
    {
        foreach (var file in Shared.Concat(Changed.SelectMany(Sources)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, file))!); // a file lies in a folder
            File.Copy(Tree.At(file), Path.Combine(_folder, file));
        }

        foreach (var block in ((string[])["add-a-task-kind.md", "add-an-agent-kind.md"]).SelectMany(p => Page.Of(p).Blocks)
            .Where(b => b.Path?.StartsWith("src/", StringComparison.Ordinal) == true))
        {
            Edit.Apply(block, _folder);
        }

        var (exitCode, output, error) = await DotNet.RunAsync(_folder, "build", "src/Weft.Workflows", "--output", "built", "--verbosity", "quiet",
            "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false", "-p:NuGetAudit=false");
        Assert.True(exitCode == 0, output + error);
        PutTogether();
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Runs a workflow file of this project with the simulators behind it, and answers its document.</summary>
    public async Task<JsonObject> RunAsync(string file, string input)
    {
        var (_, output, error) = await DotNet.RunAsync(_folder, Path.Combine(Product, "weft.dll"), "run",
            Path.Combine(AppContext.BaseDirectory, file), "--sandbox", "--json", "--input", input);
        Assert.True(output.StartsWith('{'), output + error);
        return JsonNode.Parse(output)!.AsObject();
    }

    /// <summary>The built command as it lies beside the tests, with the changed assemblies in place of its own.</summary>
    private void PutTogether()
    {
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Product, Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!); // a file lies in a folder
            File.Copy(file, copy);
        }

        foreach (var name in Changed)
        {
            File.Copy(Path.Combine(_folder, "built", name + ".dll"), Path.Combine(Product, name + ".dll"), overwrite: true);
        }
    }

    private static IEnumerable<string> Sources(string project) =>
        Directory.EnumerateFiles(Tree.At($"src/{project}"), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Tree.Root, f).Replace('\\', '/'))
            .Where(f => f.Split('/')[2] is not ("bin" or "obj"));
}
