"""善行义举榜: good deeds told by anybody, weighed by a panel, noticed, and shown with consent."""
