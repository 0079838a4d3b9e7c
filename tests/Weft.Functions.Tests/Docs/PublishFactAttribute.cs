namespace Weft.Functions.Tests.Docs;

/// <summary>A fact that publishes the product, which takes minutes: <c>.ci/run</c> asks for it.</summary>
internal sealed class PublishFactAttribute : FactAttribute
{
    public PublishFactAttribute() => Skip = Shell.Missing
        ?? (Environment.GetEnvironmentVariable("WEFT_TEST_PUBLISHING") == "1"
            ? null
            : "Publishing takes minutes. Set WEFT_TEST_PUBLISHING=1, as .ci/run does.");
}
