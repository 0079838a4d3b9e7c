namespace Weft.Functions.Tests.Infra;

/// <summary>A theory that needs the Bicep compiler.</summary>
internal sealed class BicepTheoryAttribute : TheoryAttribute
{
    public BicepTheoryAttribute() => Skip = Bicep.Missing;
}
