using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Weft.Architecture.Tests;

/// <summary>A project as it lies on the disk.</summary>
internal sealed partial class Project
{
    private Project(string folder)
    {
        Folder = folder;
        Name = Path.GetFileName(folder);
        File = XDocument.Load(Directory.GetFiles(folder, "*.csproj").Single());
        Sources =
        [
            .. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
                .Where(f => !Path.GetRelativePath(folder, f).Split(Path.DirectorySeparatorChar).Any(p => p is "bin" or "obj"))
                .Order(StringComparer.Ordinal).Select(f => new SourceFile(folder, f)),
        ];
    }

    public string Name { get; }

    public string Folder { get; }

    public XDocument File { get; }

    public IReadOnlyList<SourceFile> Sources { get; }

    /// <summary>Gets the projects that the project file names.</summary>
    public IEnumerable<string> References =>
        File.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value));

    /// <summary>Gets the packages whose code the project may call: not analyzers and test runners.</summary>
    public IEnumerable<string> Packages => File.Descendants("PackageReference")
        .Where(p => p.Attribute("PrivateAssets")?.Value != "all" && p.Attribute("Include") is not null)
        .Select(p => p.Attribute("Include")!.Value);

    /// <summary>Gets the compiled assembly, as this build made it; null: the project is not part of the build.</summary>
    public string? Assembly
    {
        get
        {
            var name = File.Descendants("AssemblyName").FirstOrDefault()?.Value ?? Name;
            var output =
                Path.GetRelativePath(Path.Combine(House.Root, "tests", typeof(Project).Assembly.GetName().Name!), AppContext.BaseDirectory);
            var path = Path.Combine(Folder, output, name + ".dll");
            return System.IO.File.Exists(path) ? path : null;
        }
    }

    public static Project At(string folder) => new(folder);

    public override string ToString() => Name;

    /// <summary>One file of C#.</summary>
    internal sealed partial class SourceFile(string folder, string path)
    {
        public string Path { get; } = System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/');

        public string Stem => System.IO.Path.GetFileNameWithoutExtension(Path);

        public string Text { get; } = System.IO.File.ReadAllText(path);

        public string? Namespace => NamespaceLine().Match(Text) is { Success: true } found ? found.Groups[1].Value : null;

        /// <summary>Gets the namespaces that its using directives name; of <c>using static</c> and aliases, the type's.</summary>
        public IEnumerable<string> Usings => UsingLine().Matches(Text).Select(m => m.Groups[1].Value);

        [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
        private static partial Regex NamespaceLine();

        [GeneratedRegex(@"^(?:global )?using (?:static )?(?:\w+ = )?(Weft[\w.]*)", RegexOptions.Multiline)]
        private static partial Regex UsingLine();
    }
}
