using Weft.Language.Diagnostics;
using Weft.Language.Shapes;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>Checks the <c>weft</c> key: the version of the language that a file is written in.</summary>
internal static class LanguageVersion
{
    public static void Check(SourceMap root, DiagnosticBag bag)
    {
        if (root.Scalar("weft") is { } version && version.Text is not ("1" or "1.0"))
        {
            bag.Error(DiagnosticCodes.LanguageVersion, version,
                $"This is version {version.Text.Clip(60)} of the language; this product reads version 1. Write 'weft: 1', or update.");
        }
    }
}
