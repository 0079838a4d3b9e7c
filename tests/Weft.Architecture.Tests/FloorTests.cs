using Mono.Cecil;

namespace Weft.Architecture.Tests;

public sealed class FloorTests
{
    [Fact]
    public void ProjectFiles_NameOnlyProjectsBelow() =>
        Assert.Empty(
            House.Product.SelectMany(p => p.References.Where(r => !House.Below(p.Name).Contains(r)).Select(r => $"{p} references {r}")));

    [Fact]
    public void Assemblies_NameOnlyAssembliesBelow()
    {
        var arrows = from project in House.Product
                     where project.Assembly is not null
                     from named in AssemblyDefinition.ReadAssembly(project.Assembly).MainModule.AssemblyReferences
                     where named.Name.StartsWith("Weft.", StringComparison.Ordinal) && !House.Below(project.Name).Contains(named.Name)
                     select $"{project} calls {named.Name}";

        Assert.Empty(arrows);
    }

    [Fact]
    public void Sources_SayUsingOnlyOfProjectsBelow()
    {
        var arrows = from project in House.Product
                     from source in project.Sources
                     from named in source.Usings
                     let owner = string.Join('.', named.Split('.').Take(2))
                     where owner != project.Name && owner != "Weft" && !House.Below(project.Name).Contains(owner)
                     select $"{project}/{source.Path} says 'using {named}'";

        Assert.Empty(arrows);
    }

    [Fact]
    public void Sources_LieInTheFolderOfTheirNamespace()
    {
        var strays = from project in House.All
                     from source in project.Sources
                     let folder = string.Join('.', [project.Name, .. source.Path.Split('/')[..^1]])
                     where source.Namespace is not null && source.Namespace != folder
                     select $"{project}/{source.Path} declares {source.Namespace}";

        Assert.Empty(strays);
    }

    [Fact]
    public void EveryProjectOfTheProduct_ButTheAzureHost_IsCompiledHere() =>
        Assert.Equal([], House.Product.Where(p => p.Assembly is null).Select(p => p.Name).Except(["Weft.Functions"]));
}
