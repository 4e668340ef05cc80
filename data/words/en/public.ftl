### Public: for residents and for staff.

public-product = Linyu · Daye Subdistrict
public-skip = Skip to the content
public-home = To the chat
public-page = Page { $page } of { $pages }
public-previous = Previous
public-next = Next
public-pages = Pages
