using System.Text.Json;
using System.Xml.Linq;
using Mono.Cecil;

namespace Weft.Architecture.Tests;

public sealed class PackageTests
{
    // Bring what runs our code, or the classes of other packages, which they depend on.
    private static readonly string[] Runners =
    [
        "Microsoft.NET.Test.Sdk", "Azure.Identity", "Microsoft.Azure.Functions.Worker", "Microsoft.Azure.Functions.Worker.Sdk",
        "Microsoft.Azure.Functions.Worker.Extensions.DurableTask.AzureManaged",
    ];

    [Fact]
    public void Packages_ThatAProjectNames_AreCalledByItsCode()
    {
        var unused = from project in House.All
                     where project.Assembly is not null
                     let called = AssemblyDefinition.ReadAssembly(project.Assembly).MainModule.AssemblyReferences
                         .Select(r => r.Name).ToHashSet(StringComparer.OrdinalIgnoreCase)
                     from package in project.Packages.Except(Runners)
                     where IsRestored(project, package) && !AssembliesOf(project, package).Overlaps(called)
                     select $"{project} references {package}, and calls nothing of it";

        Assert.Equal([], unused.ToList());
    }

    [Fact]
    public void Versions_AreKeptOnlyOfPackages_ThatAProjectNames()
    {
        var named = House.All.SelectMany(p => p.File.Descendants("PackageReference"))
            .Concat(XDocument.Load(Path.Combine(House.Root, "Directory.Build.props")).Descendants("PackageReference"))
            .Select(p => p.Attribute("Include")!.Value)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var versions = XDocument.Load(Path.Combine(House.Root, "Directory.Packages.props")).Descendants("PackageVersion").Select(
            v => v.Attribute("Include")!.Value);

        Assert.Equal([], versions.Where(v => !named.Contains(v)).ToList());
    }

    /// <summary>Whether this build has the package: the Azure host's are left out where the registry lacks them.</summary>
    private static bool IsRestored(Project project, string package)
    {
        using var assets = Assets(project);
        return assets.RootElement.GetProperty("libraries").EnumerateObject()
            .Any(l => l.Name.StartsWith(package + "/", StringComparison.OrdinalIgnoreCase));
    }

    private static JsonDocument Assets(Project project) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(project.Folder, "obj", "project.assets.json")));

    /// <summary>The assemblies that a package brings; of one that holds none itself, those of the packages that it stands for.</summary>
    private static HashSet<string> AssembliesOf(Project project, string package)
    {
        using var assets = Assets(project);
        var target = assets.RootElement.GetProperty("targets").EnumerateObject().First().Value;
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var standsForOthers = false;
        var open = new Stack<string>([package]);
        while (open.TryPop(out var name))
        {
            var entry =
                target.EnumerateObject().FirstOrDefault(e => e.Name.StartsWith(name + "/", StringComparison.OrdinalIgnoreCase)).Value;
            if (entry.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            var own = entry.TryGetProperty("compile", out var compile)
                ? compile.EnumerateObject().Select(f => Path.GetFileNameWithoutExtension(f.Name)).Where(f => f != "_").ToList()
                : [];
            found.UnionWith(own);
            standsForOthers |= name == package && own.Count == 0;
            if (standsForOthers && entry.TryGetProperty("dependencies", out var dependencies))
            {
                foreach (var dependency in dependencies.EnumerateObject())
                {
                    open.Push(dependency.Name);
                }
            }
        }

        return found;
    }
}
